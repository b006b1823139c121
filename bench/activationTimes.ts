/** What a measured extension tells of itself: milliseconds to load its main file, and for its `activate` to return. */
export type Inside = { readonly loadMs: number; readonly activateMs: number };

/** One activation; `outsideMs` is what whoever called `extension.activate()` waited. */
export type Activation = Inside & { readonly id: string; readonly outsideMs: number };

/** Stands before the line that carries the activations out of the extension host. */
export const activationMark = "[activations] ";
