import type { ErrorCode } from '#jobs';
import type { z } from 'zod';
import type { AnswerHeader } from './answer-headers.js';
import type { RequestHeader } from './request-headers.js';

/** What the routes are sorted by in the description. */
export type Tag = 'jobs' | 'uploads' | 'batches' | 'webhooks' | 'models' | 'keys' | 'operations' | 'old routes';

/** A body of one media type. */
export interface Content {
  /** Of requests what is sent, of answers what is received; text that has no schema is a string. */
  schema: z.ZodType;
  /** Of text that has a JSON value in each line: one of them. */
  line?: z.ZodType;
  /** By a name each; they fit the schema. */
  examples?: Record<string, unknown>;
}

/** By media type. */
export type Contents = Record<string, Content>;

/** An answer that is no error. */
export interface Answer {
  description: string;
  headers?: readonly AnswerHeader[];
  content?: Contents;
}

/** A part of the path. */
export interface PathParameter {
  description: string;
  example: string;
}

/** What is said of one route beside its controller; what all routes have in common is added by `composeDocument`. */
export interface Operation {
  /** Names it among all; generated clients call their function so. */
  operationId: string;
  tag: Tag;
  summary: string;
  description?: string;
  /** Each of its pattern's. */
  path?: Record<string, PathParameter>;
  /** Of query parameters; a list is sent with commas. */
  query?: z.ZodObject;
  headers?: readonly RequestHeader[];
  body?: { content: Contents; optional?: true };
  /** By status. */
  answers: Record<number, Answer>;
  /** What it may be refused for, besides what every route may. */
  problems: readonly ErrorCode[];
}

/** By method and pattern, such as `GET /jobs/:id`. */
export type Operations = Readonly<Record<string, Operation>>;
