// Brings an element up to date without making anew what stays, so that focus, selection and what is unfolded stay as they are.

import type { Html } from './html.ts';

/** Makes the content of an element what the HTML says. Children with an id are recognised by it, wherever they move. */
export function patch(target: Element, content: Html): void {
  const template = document.createElement('template');
  template.innerHTML = content.markup;
  const focused = document.activeElement?.id ?? '';
  patchChildren(target, template.content);
  if (focused !== '' && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function patchChildren(target: Node, wanted: Node): void {
  const byId = new Map([...target.childNodes].flatMap((node) => (idOf(node) === '' ? [] : [[idOf(node), node]])));
  let current = target.firstChild;
  for (const next of [...wanted.childNodes]) {
    const same = idOf(next) === '' ? current : (byId.get(idOf(next)) ?? null);
    if (same === null || !alike(same, next)) {
      target.insertBefore(next, current);
      continue;
    }
    if (same === current) current = current.nextSibling;
    else target.insertBefore(same, current);
    patchNode(same, next);
  }
  while (current !== null) {
    const gone = current;
    current = current.nextSibling;
    gone.parentNode?.removeChild(gone);
  }
}

function patchNode(target: Node, wanted: Node): void {
  if (!(target instanceof Element && wanted instanceof Element)) {
    if (target.nodeValue !== wanted.nodeValue) target.nodeValue = wanted.nodeValue;
    return;
  }
  for (const { name } of [...target.attributes]) if (!wanted.hasAttribute(name) && !isOfPerson(target, name)) target.removeAttribute(name);
  for (const { name, value } of [...wanted.attributes]) if (target.getAttribute(name) !== value) target.setAttribute(name, value);
  patchChildren(target, wanted);
}

/** Whether it is the person who folds and unfolds. */
function isOfPerson(element: Element, attribute: string): boolean {
  return element.nodeName === 'DETAILS' && attribute === 'open';
}

function alike(a: Node, b: Node): boolean {
  return a.nodeName === b.nodeName && idOf(a) === idOf(b);
}

function idOf(node: Node): string {
  return node instanceof Element ? node.id : '';
}
