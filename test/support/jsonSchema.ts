/** Checks a value against the part of JSON Schema that package.json uses; an unknown keyword is an error of the test. */

export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly default?: unknown;
}

const notes =
  /^(description|markdownDescription|default|defaultSnippets|examples|enumDescriptions|patternErrorMessage|scope|order)$/;

type Check = (value: unknown, schema: JsonSchema) => boolean;

const checks: Readonly<Record<string, Check>> = {
  type: (value, { type }) => typeOf(value) === type || (type === "number" && typeOf(value) === "integer"),
  const: (value, schema) => value === schema.const,
  enum: (value, schema) => schema.enum?.includes(value) === true,
  pattern: (value, { pattern = "" }) => typeof value !== "string" || new RegExp(pattern, "u").test(value),
  minLength: (value, { minLength = 0 }) => typeof value !== "string" || value.length >= minLength,
  maxLength: (value, { maxLength = 0 }) => typeof value !== "string" || value.length <= maxLength,
  minimum: (value, { minimum = 0 }) => typeof value !== "number" || value >= minimum,
  maximum: (value, { maximum = 0 }) => typeof value !== "number" || value <= maximum,
  minItems: (value, { minItems = 0 }) => !Array.isArray(value) || value.length >= minItems,
  items: (value, { items = {} }) => !Array.isArray(value) || value.every((item) => matches(item, items)),
  required: (value, { required = [] }) => !isFields(value) || required.every((name) => name in value),
  properties: (value, { properties = {} }) =>
    !isFields(value) ||
    Object.entries(properties).every(([name, schema]) => !(name in value) || matches(value[name], schema)),
  additionalProperties: (value, { properties = {}, additionalProperties = true }) =>
    !isFields(value) ||
    Object.keys(value)
      .filter((name) => !(name in properties))
      .every((name) =>
        typeof additionalProperties === "boolean"
          ? additionalProperties
          : matches(value[name], additionalProperties),
      ),
  oneOf: (value, { oneOf = [] }) => oneOf.filter((schema) => matches(value, schema)).length === 1,
};

export function matches(value: unknown, schema: JsonSchema): boolean {
  return Object.keys(schema)
    .filter((keyword) => !notes.test(keyword))
    .every((keyword) => {
      const check = checks[keyword];
      if (check === undefined) {
        throw new Error(`this test does not know the schema keyword "${keyword}"`);
      }
      return check(value, schema);
    });
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) {
    return "array";
  }
  return Number.isInteger(value) ? "integer" : typeof value;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
