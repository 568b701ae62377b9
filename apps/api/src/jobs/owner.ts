/** Who owns what is made here: everybody on this machine, as long as there are no API keys. */
export const localOwner = 'local';
