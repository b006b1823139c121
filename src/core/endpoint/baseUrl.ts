/** The rules of a base URL: what people paste, cleaned; what they configured, judged. */

/** What was done to a pasted URL, so that the person can be told. */
export type UrlChange =
  | "trimmed"
  | "scheme-added"
  | "path-cut"
  | "version-added"
  | "version-deduplicated"
  | "wildcard-host-replaced"
  | "credentials-removed"
  | "query-removed";

export type CleanedUrl =
  | {
      readonly kind: "clean";
      readonly baseUrl: string;
      readonly changes: readonly UrlChange[];
      /** A key that stood in the URL (`user:KEY@`, `?api_key=KEY`), taken out of it. */
      readonly keyInUrl?: string;
    }
  | { readonly kind: "invalid"; readonly reason: "empty" | "not-a-url" | "scheme" };

/** The operation paths that people paste along with the base URL, longest first. */
const operationPath =
  /(\/(chat\/completions|completions|embeddings|reranks?|responses|models|audio\/[a-z]+|images\/[a-z]+))+\/*$/i;

/** Paths after which an OpenAI-compatible API of a known provider continues with `/v1`. */
const pathsBeforeVersion = new Set(["", "/compatible-mode", "/compatible-api", "/api", "/openai"]);

/** Turns what a person pastes into a base URL. Never guesses at a path it does not know. */
export function cleanBaseUrl(pasted: string): CleanedUrl {
  const changes = new Set<UrlChange>();
  const bare = pasted.replace(/^[\s"'`<]+|[\s"'`>,;]+$/g, "");
  if (bare !== pasted) {
    changes.add("trimmed");
  }
  if (bare === "") {
    return { kind: "invalid", reason: "empty" };
  }
  const withScheme = addScheme(bare, changes);
  if (!URL.canParse(withScheme)) {
    return { kind: "invalid", reason: "not-a-url" };
  }
  const url = new URL(withScheme);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { kind: "invalid", reason: "scheme" };
  }
  const keyInUrl = takeKey(url, changes);
  url.pathname = cleanPath(url.pathname, changes);
  if (isDashScope(url.href) && url.pathname === "/v1" && !url.hostname.startsWith("coding.")) {
    url.pathname = "/compatible-mode/v1";
  }
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") {
    url.hostname = url.hostname === "0.0.0.0" ? "127.0.0.1" : "[::1]";
    changes.add("wildcard-host-replaced");
  }
  return {
    kind: "clean",
    baseUrl: url.href,
    changes: [...changes],
    ...(keyInUrl === undefined ? {} : { keyInUrl }),
  };
}

/** `localhost:8000` parses as a URL with the scheme "localhost:", so a scheme counts only with its slashes. */
function addScheme(text: string, changes: Set<UrlChange>): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return text;
  }
  changes.add("scheme-added");
  const rest = text.replace(/^\/\//, "");
  const host = /^(\[[^\]]*\]|[^/:?#]*)/.exec(rest)?.[0] ?? "";
  const isLocal = host === "" || isLocalName(host) || /^[^/]*:\d+/.test(rest);
  return `${isLocal ? "http" : "https"}://${rest}`;
}

function isLocalName(host: string): boolean {
  return (
    isLoopbackHost(host) || /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.startsWith("[") || !host.includes(".")
  );
}

function takeKey(url: URL, changes: Set<UrlChange>): string | undefined {
  const before = url.href;
  const { user, password, keys } = takeKeys(url);
  if (url.href !== before) {
    changes.add("credentials-removed");
  }
  if (url.hash !== "") {
    changes.add("query-removed");
  }
  // An empty one still leaves its sign behind, which would swallow the path that is put after it.
  url.hash = "";
  url.search = url.search === "" ? "" : url.search;
  return [password, user, ...keys].find((key) => key !== "");
}

/** What of a URL is secret. */
export interface KeysInUrl {
  /** The URL without it, and without its fragment. */
  readonly bare: string;
  /** Decoded; "" where there is none. */
  readonly user: string;
  readonly password: string;
  /** What the query, or the fragment, names a key. Not empty where user and password are. */
  readonly keys: readonly string[];
}

/** Undefined where nothing in it is secret. The URL parser takes `http:\\me:key@host` and `http:me:key@host` for what they mean, so it decides. */
export function keysInUrl(text: string): KeysInUrl | undefined {
  if (!URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const fragment = new URLSearchParams(url.hash.slice(1));
  url.hash = "";
  const { user, password, keys } = takeKeys(url);
  const named = [...keys, ...[...fragment].flatMap(([name, value]) => (isKeyName(name) ? [value] : []))];
  const told = named.filter((key) => key !== "");
  url.search = url.search === "" ? "" : url.search;
  return `${user}${password}${told.join("")}` === ""
    ? undefined
    : { bare: url.href, user, password, keys: told };
}

function takeKeys(url: URL): Omit<KeysInUrl, "bare"> {
  const [user, password] = [decoded(url.username), decoded(url.password)];
  url.username = "";
  url.password = "";
  const named = [...url.searchParams].filter(([name]) => isKeyName(name));
  for (const [name] of named) {
    url.searchParams.delete(name);
  }
  return { user, password, keys: named.map(([, key]) => key) };
}

/** `api_key`, `access-token`, `subscription-key`, `sig`; not `monkey`. */
function isKeyName(name: string): boolean {
  return /(^|[-_.]|api|access|auth)(key|token|secret|password)$|^sig(nature)?$/i.test(name);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function cleanPath(pathname: string, changes: Set<UrlChange>): string {
  let path = pathname.replace(/\/+$/, "").replace(/\/{2,}/g, "/");
  const cut = path.replace(operationPath, "");
  if (cut !== path) {
    changes.add("path-cut");
    path = cut.replace(/\/+$/, "");
  }
  const single = path.replace(/(\/v\d+)\1+$/, "$1");
  if (single !== path) {
    changes.add("version-deduplicated");
    path = single;
  }
  if (pathsBeforeVersion.has(path)) {
    changes.add("version-added");
    path = `${path}/v1`;
  }
  return path;
}

export function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

/** Joins an operation path to a base URL, keeping a query such as Azure's `?api-version=`. */
export function joinPath(baseUrl: string, path: string): string {
  const queryAt = baseUrl.indexOf("?");
  const head = queryAt < 0 ? baseUrl : baseUrl.slice(0, queryAt);
  return `${withoutTrailingSlash(head)}${path}${baseUrl.slice(head.length)}`;
}

/** Scheme, host and port: what a key is bound to. Undefined for what is no http(s) URL. */
export function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const { origin, protocol } = new URL(url);
  return protocol === "http:" || protocol === "https:" ? origin : undefined;
}

/** The loopback range of RFC 1122 and RFC 4291, and the name that means it. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127\.\d+\.\d+\.\d+$/.test(name)
  );
}

/** Does the path end in a version, as `/v1` or `/api/v3`? Azure's deployment paths count too. */
export function hasVersion(baseUrl: string): boolean {
  const path = URL.canParse(baseUrl) ? new URL(baseUrl).pathname : "";
  return /\/v\d+[a-z0-9]*(\/|$)/i.test(path) || path.includes("/openai/deployments/");
}

/** Alibaba Cloud's model services; paths, keys and limits differ there (facts: servers.md section 7). */
export function isDashScope(baseUrl: string): boolean {
  return (
    URL.canParse(baseUrl) &&
    /(^|\.)(dashscope[a-z-]*\.aliyuncs\.com|maas\.aliyuncs\.com)$/.test(new URL(baseUrl).hostname)
  );
}
