/** How something stands that was asked of the host. */
export type AskState =
  | { readonly kind: "waiting" }
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly reason: string };
