/** Everything of a list, a page after the other as it is taken. */
export async function* listPages<Page extends { nextCursor: string | null }, Item>(
  readPage: (query: { cursor?: string }) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[],
): AsyncGenerator<Item> {
  for (let query: { cursor?: string } = {}; ;) {
    const page = await readPage(query);
    yield* itemsOf(page);
    if (page.nextCursor === null) return;
    query = { cursor: page.nextCursor };
  }
}
