import type { Schema } from '../../generator/model/json-schema.ts';
import type { Model } from '../../generator/model/model.ts';
import { buildModel } from '../../generator/phases/build-model.ts';

/** A schema with one value of each kind. */
export const SAMPLE_SCHEMA: Schema = {
  type: 'object',
  properties: {
    name: { description: 'Name of the thing.', type: 'string', pattern: '^[a-z|]*$' },
    storage: {
      description: 'Where it is kept.',
      type: 'object',
      properties: {
        port: {
          description: 'Port of the store, if it has one.',
          type: 'integer',
          minimum: 1,
          maximum: 9,
          examples: [7],
        },
        kind: { description: 'What keeps it.', type: 'string', enum: ['disk', 'paper'] },
        labels: {
          description: 'Words on the label.',
          type: ['object', 'null'],
          additionalProperties: { type: 'string' },
        },
      },
      required: ['kind'],
      additionalProperties: false,
    },
    share: { description: 'Number or percentage.', type: ['string', 'number'] },
    modes: { description: 'Ways in.', type: 'array', items: { type: 'string' } },
  },
  required: ['name', 'storage', 'share', 'modes'],
  additionalProperties: false,
};

export const SAMPLE_DEFAULTS = {
  name: 'thing',
  storage: { kind: 'disk', labels: { colour: 'red' } },
  share: 1,
  modes: ['in', 'out'],
};

export const SAMPLE_MODEL: Model = buildModel(SAMPLE_SCHEMA, SAMPLE_DEFAULTS);
