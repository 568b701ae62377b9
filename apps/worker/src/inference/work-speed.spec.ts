import { describe, expect, it } from '@jest/globals';
import { WorkSpeed } from './work-speed.js';

const model = 'cpu/a';

describe('the pace of a worker', () => {
  it('is unknown at first, then that of all its processes with the jobs of late, whatever their model', () => {
    const speed = new WorkSpeed(2, 1);
    expect(speed.jobsPerSecond).toBeNull();
    speed.measured(model, 400, 4);
    expect(speed.jobsPerSecond).toBeCloseTo(20);
    for (let i = 0; i < 50; i++) speed.measured('cpu/b', 50, 1);
    expect(speed.jobsPerSecond).toBeCloseTo(40);
  });
});

describe('how many jobs a worker holds', () => {
  it('is one for each process before anything was measured', () => expect(new WorkSpeed(3, 1).fetchLimit).toBe(3));

  it('adds about a second of measured work', () => {
    const speed = new WorkSpeed(2, 1);
    speed.measured(model, 100, 1);
    expect(speed.fetchLimit).toBe(2 + 20);
  });

  it('counts a group by its jobs', () => {
    const speed = new WorkSpeed(1, 1);
    speed.measured(model, 800, 16);
    expect(speed.fetchLimit).toBe(1 + 20);
  });

  it('is shared by the queues', () => {
    const speed = new WorkSpeed(1, 4);
    speed.measured(model, 50, 1);
    expect(speed.fetchLimit).toBe(1 + 5);
  });

  it('is one for each process when a job takes longer than the second', () => {
    const speed = new WorkSpeed(2, 1);
    speed.measured(model, 5000, 1);
    expect(speed.fetchLimit).toBe(2);
  });

  it('stays bounded however short the jobs are', () => {
    const speed = new WorkSpeed(2, 1);
    speed.measured(model, 0, 16);
    expect(speed.fetchLimit).toBe(256);
  });

  it('goes by the slowest model', () => {
    const speed = new WorkSpeed(1, 1);
    speed.measured('cpu/fast', 1, 1);
    speed.measured('cpu/slow', 500, 1);
    expect(speed.fetchLimit).toBe(1 + 2);
  });

  it('follows a change within some groups, and not within one', () => {
    const speed = new WorkSpeed(1, 1);
    speed.measured(model, 1000, 1);
    speed.measured(model, 10, 1);
    const afterOne = speed.fetchLimit;
    for (let i = 0; i < 30; i++) speed.measured(model, 10, 1);
    expect([afterOne < 5, speed.fetchLimit > 50]).toEqual([true, true]);
  });
});

describe('how many jobs fit in a time', () => {
  it('is not limited before the model was measured', () => {
    expect(new WorkSpeed(1, 1).jobsWithin(model, 1)).toBe(Infinity);
  });

  it('follows from its measured time, and is never none', () => {
    const speed = new WorkSpeed(1, 1);
    speed.measured(model, 100, 1);
    expect([speed.jobsWithin(model, 1000), speed.jobsWithin(model, 1)]).toEqual([10, 1]);
  });
});
