// Checks that every export of src/ and web/ has a doc comment, and that each file begins by saying what it decides.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from './say.mjs';

/** Lists what lacks a comment in the text of one file, as lines `FILE:LINE: what`. */
export function undocumented(name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const faults = [];
  const fault = (node, what) => faults.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}: ${what}`);
  if (!/^(#!.*\n)?\/\/ \S/.test(text)) faults.push(`${name}:1: the first lines do not say what the file decides`);
  let previous = null;
  for (const statement of file.statements) {
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
    if (exported && !isDocumented(statement, file) && !continues(statement, previous, file)) fault(statement, `${nameOf(statement)} has no doc comment`);
    previous = statement;
  }
  return faults;
}

function isDocumented(node, file) {
  const comments = ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? [];
  return comments.some(({ pos, end }) => /^\/\*\*\s*(\*\s*)?[^\s*/]/.test(file.text.slice(pos, end)));
}

/** One comment may stand above several constants, or overloads, that follow it line by line. */
function continues(node, previous, file) {
  if (previous === null || previous.kind !== node.kind || !(ts.isVariableStatement(node) || ts.isFunctionDeclaration(node))) return false;
  const overload = ts.isFunctionDeclaration(node) && previous.name?.text === node.name?.text;
  return overload || (ts.isVariableStatement(node) && !/\n\s*\n/.test(file.text.slice(previous.end, node.getStart(file))));
}

function nameOf(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((each) => each.name.getText()).join(', ');
  return statement.name?.text ?? 'an export';
}

function sources(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/generated/'))
    .toSorted();
}

if (process.argv[1] === import.meta.filename) {
  const faults = ['src', 'web']
    .flatMap((folder) => sources(join(ROOT, folder)))
    .flatMap((path) => undocumented(relative(ROOT, path), readFileSync(path, 'utf8')));
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
