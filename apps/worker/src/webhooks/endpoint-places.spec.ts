import { describe, expect, it } from '@jest/globals';
import { EndpointPlaces } from './endpoint-places.js';

const owner = 'a';

function takeMany(places: EndpointPlaces, endpoint: string, count: number, of = owner) {
  return Array.from({ length: count }, () => places.take({ owner: of, endpoint }, 0));
}

function countTaken(places: ReturnType<typeof takeMany>): number {
  return places.filter((place) => typeof place === 'function').length;
}

describe('places', () => {
  it('are forty-eight for an endpoint whose owner wants no others', () => {
    expect(countTaken(takeMany(new EndpointPlaces(), 'slow', 100))).toBe(48);
  });

  it('are sixteen for each endpoint once others have taken theirs, and ninety-six for the owner', () => {
    const places = new EndpointPlaces();
    const taken = ['slow', 'b', 'c', 'd', 'e'].map((endpoint) => countTaken(takeMany(places, endpoint, 100)));
    expect(taken).toEqual([48, 16, 16, 16, 0]);
    expect(countTaken(takeMany(places, 'slow', 1, 'another'))).toBe(1);
  });

  it('are sixteen for each endpoint once half of all are taken, so that few slow ones leave room for others', () => {
    const places = new EndpointPlaces();
    const owners = Array.from({ length: 16 }, (_, i) => `owner-${i}`);
    const taken = owners.map((of) => countTaken(takeMany(places, 'slow', 100, of)));
    expect(taken).toEqual([...Array<number>(4).fill(48), ...Array<number>(12).fill(16)]);
  });

  it('are there again once they are given back', () => {
    const places = new EndpointPlaces();
    const owners = Array.from({ length: 4 }, (_, i) => `owner-${i}`);
    const takeAll = () => owners.flatMap((of) => takeMany(places, 'slow', 48, of));
    for (const give of takeAll()) if (typeof give === 'function') give();
    expect(countTaken(takeAll())).toBe(4 * 48);
  });

  it('that are taken put each delivery off for longer than the one before, but for a minute at most', () => {
    const places = new EndpointPlaces();
    takeMany(places, 'slow', 48);
    const waits = takeMany(places, 'slow', 20_000) as number[];
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect([waits[0], waits.at(-1)]).toEqual([54, 60_000]);
  });
});
