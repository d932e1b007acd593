// What a handler of an operation gets and gives, by the types made of openapi/winnow.yaml: a handler
// that is missing, or answers otherwise than described, does not compile.

import type { FastifyReply } from 'fastify';
import type { operations } from '../generated/openapi.d.ts';

/** The operations that this API serves; webhooks are the receivers' own. */
export type ApiOperation = Exclude<
  keyof operations,
  'receiveAlertmanagerWebhook' | 'receiveGrafanaWebhook' | 'putGrafanaWebhook' | 'receivePagerDutyWebhook' | 'receiveSlackInteraction'
>;

type Operation<Id extends ApiOperation> = operations[Id];

type Query<Id extends ApiOperation> = WithDefaults<NonNullable<Operation<Id>['parameters']['query']>>;

/** Validation fills in the default of `limit`. */
type WithDefaults<Q> = Q extends { limit?: number } ? Omit<Q, 'limit'> & { limit: number } : Q;

type Body<Id extends ApiOperation> =
  Operation<Id> extends { requestBody: { content: { 'application/json': infer B } } }
    ? B
    : Operation<Id> extends { requestBody?: { content: { 'application/json': infer B } } }
      ? B | null | undefined
      : undefined;

type Content<R> = R extends { content: infer C } ? C[keyof C] : never;

type Success<R> = { [Status in keyof R]: Status extends 200 | 201 ? Content<R[Status]> : never }[keyof R];

/** A validated request. */
export interface OperationRequest<Id extends ApiOperation> {
  readonly query: Query<Id>;
  readonly path: NonNullable<Operation<Id>['parameters']['path']>;
  readonly body: Body<Id>;
}

/** Answers one operation; sets on the reply what is not 200 with JSON. Throws a `Problem` when it cannot be done. */
export type Handler<Id extends ApiOperation> = (request: OperationRequest<Id>, reply: FastifyReply) => Promise<Success<Operation<Id>['responses']>>;

/** Handlers by operation id, for some of the operations. */
export type Handlers<Id extends ApiOperation> = { readonly [Key in Id]: Handler<Key> };
