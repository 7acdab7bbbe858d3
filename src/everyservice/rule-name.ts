/** `DynamoDB::GlobalTable` as it stands in the ids of rules: `DynamoDbGlobalTable`. */
export function ruleName(type: string): string {
  return type.split('::').map((part) => part.replace(/([A-Z])([A-Z]+)(?=[A-Z][a-z]|\d|$)/g, (_, first: string, rest: string) => first + rest.toLowerCase())).join('');
}
