import { describe, expect, it } from '@jest/globals';
import type { ReadyPayload } from '#jobs';
import { Task } from './task.js';
import { WaitingTasks } from './waiting-tasks.js';
import { WorkSpeed } from './work-speed.js';

const mebibyte = 2 ** 20;

function newTask(jobId: string, digest = 'a', bytes = 1000): Task {
  const payload: ReadyPayload = {
    owner: 'local',
    model: { name: digest, version: '1.0.0', digest },
    groupLimit: 4,
    input: { filename: null, contentType: 'audio/wav', bytes, sha256: '0'.repeat(64) },
    metadata: {},
    timeoutMs: 1000,
    expiresAt: null,
    requestId: 'r',
  };
  return new Task('cpu', jobId, 'token', payload);
}

function waiting(...tasks: Task[]): WaitingTasks {
  const all = new WaitingTasks(1, new WorkSpeed(1, 1));
  for (const task of tasks) all.add(task);
  return all;
}

const ids = (group: Task[]): string[] => group.map(({ jobId }) => jobId);

describe('the next group', () => {
  it('is nothing when nothing waits', () => expect([waiting().takeGroup(), waiting().isEmpty]).toEqual([[], true]));

  it('is the one that waited longest, with all others of its model', () => {
    const tasks = waiting(newTask('1', 'a'), newTask('2', 'b'), newTask('3', 'a'));
    expect([ids(tasks.takeGroup()), ids(tasks.takeGroup()), tasks.isEmpty]).toEqual([['1', '3'], ['2'], true]);
  });

  it('is no larger than the model’s limit', () => {
    const tasks = waiting(...['1', '2', '3', '4', '5'].map((id) => newTask(id)));
    expect([ids(tasks.takeGroup()), ids(tasks.takeGroup())]).toEqual([['1', '2', '3', '4'], ['5']]);
  });

  it('leaves the other processes their share', () => {
    const tasks = new WaitingTasks(2, new WorkSpeed(2, 1));
    for (const id of ['1', '2', '3', '4', '5']) tasks.add(newTask(id));
    const groups = [ids(tasks.takeGroup()), ids(tasks.takeGroup()), ids(tasks.takeGroup())];
    expect(groups).toEqual([['1', '2', '3'], ['4'], ['5']]);
  });

  it('takes, as measured, no more than half the time that its most impatient task may', () => {
    const speed = new WorkSpeed(1, 1);
    speed.measured('cpu/a', 200, 1);
    const tasks = new WaitingTasks(1, speed);
    for (const id of ['1', '2', '3']) tasks.add(newTask(id));
    expect([ids(tasks.takeGroup()), ids(tasks.takeGroup())]).toEqual([['1', '2'], ['3']]);
  });

  it('holds no more than 64 MiB of input, or one larger input alone', () => {
    const tasks = waiting(
      newTask('1', 'a', 40 * mebibyte),
      newTask('2', 'a', 40 * mebibyte),
      newTask('3', 'a', 100 * mebibyte),
    );
    expect([ids(tasks.takeGroup()), ids(tasks.takeGroup()), ids(tasks.takeGroup())]).toEqual([['1'], ['2'], ['3']]);
  });

  it('is a single suspect, before all others, while there are any', () => {
    const tasks = waiting(newTask('1'));
    tasks.addAlone([newTask('2'), newTask('3')]);
    expect([ids(tasks.takeGroup()), ids(tasks.takeGroup()), ids(tasks.takeGroup())]).toEqual([['2'], ['3'], ['1']]);
  });

  it('begins with those who lost their turn', () => {
    const tasks = waiting(newTask('1', 'a'));
    tasks.addFirst([newTask('2', 'b')]);
    expect(ids(tasks.takeGroup())).toEqual(['2']);
  });
});

describe('taking tasks away', () => {
  it('takes them out of both lists, and leaves the rest', () => {
    const tasks = waiting(newTask('1'), newTask('2'));
    tasks.addAlone([newTask('3'), newTask('4')]);
    expect(ids(tasks.takeAll(({ jobId }) => jobId === '2' || jobId === '3')).toSorted()).toEqual(['2', '3']);
    expect([ids(tasks.takeGroup()), ids(tasks.takeGroup())]).toEqual([['4'], ['1']]);
  });
});
