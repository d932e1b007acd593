// Decides what stands in the place of a view that the service refuses.

import { type Html, html } from './html.ts';

/** The form that asks for a token, saying why the one before was not enough. */
export function tokenFormHtml(why: string): Html {
  return html`<form class="token" data-action="token"><h1 tabindex="-1">A token is needed</h1><p>${why}</p>
<label>token <input name="token" id="token" type="password" autocomplete="current-password" required></label> <button class="primary">Use it</button>
<p class="aside">It is kept in this tab until the tab is closed, and is sent in a header only.</p></form>`;
}

/** What is shown where something was asked for that is not there, or makes no sense. */
export function refusedHtml(why: string): Html {
  return html`<p class="nothing">${why}</p><p><a href="#/">All that is not over</a></p>`;
}
