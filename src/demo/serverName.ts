/** Stands in the `server` header, in `owned_by` and in each completion, so that the demo is never taken for a real server. */
export const demoServerName = "qwen-endpoints-demo";
