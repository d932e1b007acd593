// `template` of a receiver: how its messages look, in Liquid.
//
// Liquid runs no code: it has no functions but its filters, and here no files and no objects beyond the data.

import { Liquid } from 'liquidjs';
import type { MessageTemplate, Template } from '../notify/target.ts';
import { fault, readEntries, readMap, readText, type Setting } from './setting.ts';
import { given } from './setting-value.ts';

/** How many fields a message can have. */
const MOST_FIELDS = 10;

const LIQUID = new Liquid({
  // In place of files, of which there are none.
  templates: {},
  ownPropertyOnly: true,
  strictFilters: true,
  parseLimit: 10_000,
  renderLimit: 20_000,
  memoryLimit: 1_000_000,
});

for (const tag of ['include', 'render', 'layout', 'block']) delete LIQUID.tags[tag];

/** What Alertmanager's templates look like, which are Go's. */
const GO = /\{\{-?\s*(?:\.|\$|template\b|define\b|range\b|if\b|with\b|end\b|len\b|printf\b)/;

/** Reads the section; null when it is wrong, having noted why. */
export function readTemplate(setting: Setting): MessageTemplate | null {
  const fields = readMap(setting, { known: ['title', 'text', 'fields'] });
  if (fields === null) return null;
  return {
    title: given(fields.get('title'), readPart),
    text: given(fields.get('text'), readPart),
    fields: given(fields.get('fields'), readFields) ?? [],
  };
}

function readFields(setting: Setting): MessageTemplate['fields'] | null {
  const entries = readEntries(setting);
  if (entries !== null && entries.size > MOST_FIELDS) fault(setting, `has ${entries.size} fields; ${MOST_FIELDS} are allowed`);
  return [...(entries ?? [])].flatMap(([title, part]) => {
    const value = readPart(part);
    return value === null ? [] : [{ title, value }];
  });
}

function readPart(setting: Setting): Template | null {
  const text = readText(setting);
  if (text === null) return null;
  if (GO.test(text)) {
    fault(setting, "is a template of Go's; one in Liquid is allowed, such as {{ alerts[0].labels.cluster }}");
    return null;
  }
  try {
    const parsed = LIQUID.parse(text);
    return { source: text, render: (data) => String(LIQUID.renderSync(parsed, data)) };
  } catch (error) {
    fault(setting, `is no template of Liquid's: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`);
    return null;
  }
}
