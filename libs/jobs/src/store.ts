/** What a process needs that has the object store and no Redis: it loads neither BullMQ nor ioredis, half a second's work. */
export * from './errors.js';
export * from './failure.js';
export * from './object-keys.js';
export * from './store/folder-store.js';
export * from './store/object-key.js';
export * from './store/object-store.js';
export * from './store/open-store.js';
