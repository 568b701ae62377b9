import { describe, expect, it } from '@jest/globals';
import { EndpointPlaces } from './endpoint-places.js';

const owner = 'a';

function takeMany(places: EndpointPlaces, endpoint: string, count: number, of = owner) {
  return Array.from({ length: count }, () => places.take({ owner: of, endpoint }, 0));
}

describe('places', () => {
  it('are sixteen for each endpoint, whatever others take', () => {
    const places = new EndpointPlaces();
    const [slow, quick] = [takeMany(places, 'slow', 17), takeMany(places, 'quick', 1)];
    expect(slow.filter((place) => typeof place === 'function')).toHaveLength(16);
    expect(typeof quick[0]).toBe('function');
  });

  it('are sixty-four for each owner, however many endpoints it has', () => {
    const places = new EndpointPlaces();
    const taken = Array.from({ length: 5 }, (_, i) => takeMany(places, `e${i}`, 16)).flat();
    expect(taken.filter((place) => typeof place === 'function')).toHaveLength(64);
    expect(typeof takeMany(places, 'e0', 1, 'b')[0]).toBe('function');
  });

  it('are there again once they are given back', () => {
    const places = new EndpointPlaces();
    const taken = takeMany(places, 'slow', 16);
    for (const give of taken) if (typeof give === 'function') give();
    expect(takeMany(places, 'slow', 16).every((place) => typeof place === 'function')).toBe(true);
  });

  it('that are taken put each delivery off for longer than the one before, but for a minute at most', () => {
    const places = new EndpointPlaces();
    takeMany(places, 'slow', 16);
    const waits = takeMany(places, 'slow', 20_000) as number[];
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect([waits[0], waits.at(-1)]).toEqual([54, 60_000]);
  });
});
