// The reader's state in the address bar.

import {parseState, printState, type ReadState, type ReaderState, type StateContext} from "../query/state.js";

/** Returns the state that the page's address spells. */
export const readUrl = ({search}: Pick<Location, "search">, context: StateContext): ReadState => parseState(search, context);

/** Puts a state into the address in place of the present one: the back button leaves the page, as readers expect. */
export function writeUrl(state: ReaderState, rest: ReadState["rest"], {location, history}: Pick<Window, "location" | "history">): void {
  const search = printState(state, rest);
  if (search !== location.search) history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
}
