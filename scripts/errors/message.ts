import * as ts from 'typescript';

/** What the sources declare by name, for what messages are put together from: `SHORTEST_ROTATION_DAYS` → its initializer. */
export type Constants = ReadonlyMap<string, ts.Expression>;

/**
 * The text of a message as far as the source says it; what only a run knows is a name in italics. Several texts where the source
 * chooses between two messages.
 */
export function messagesOf(node: ts.Expression, constants: Constants): string[] {
  const expression = unwrap(node);
  if (ts.isConditionalExpression(expression)) { return [expression.whenTrue, expression.whenFalse].flatMap((each) => messagesOf(each, constants)); }
  return [textOf(expression, constants)];
}

export function textOf(node: ts.Expression, constants: Constants): string {
  const expression = unwrap(node);
  if (ts.isStringLiteralLike(expression) || ts.isNumericLiteral(expression)) { return expression.text; }
  if (ts.isTemplateExpression(expression)) {
    return expression.head.text + expression.templateSpans.map(({ expression: part, literal }) => textOf(part, constants) + literal.text).join('');
  }
  if (ts.isBinaryExpression(expression)) {
    const left = textOf(expression.left, constants);
    return expression.operatorToken.kind === ts.SyntaxKind.PlusToken ? left + textOf(expression.right, constants) : left;
  }
  if (ts.isConditionalExpression(expression)) { return chosen([expression.whenTrue, expression.whenFalse].map((each) => textOf(each, constants))); }
  if (ts.isIdentifier(expression)) { return identifier(expression, constants); }
  return unknown(expression);
}

function identifier(node: ts.Identifier, constants: Constants): string {
  const value = constants.get(node.text);
  if (value && isText(unwrap(value))) { return textOf(value, constants); }
  return loopedOver(node) ?? placeholder(node.text);
}

const isText = (node: ts.Expression) => ts.isStringLiteralLike(node) || ts.isNumericLiteral(node);

/** `(['a', 'b'] as const).map((prop) => …)`: `prop` is a or b. */
function loopedOver(node: ts.Identifier): string | undefined {
  for (let at: ts.Node = node.parent; at; at = at.parent) {
    if (!ts.isArrowFunction(at) || at.parameters[0]?.name.getText() !== node.text || !ts.isCallExpression(at.parent)) { continue; }
    const callee = at.parent.expression;
    const list = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
    return list && ts.isArrayLiteralExpression(list) ? list.elements.map((each) => (each as ts.StringLiteral).text).join("' or '") : undefined;
  }
  return undefined;
}

/** `stack.node.path` and `show(value)` are a stack and a value. */
function unknown(node: ts.Expression): string {
  if (ts.isCallExpression(node)) {
    if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'join') { return placeholder('names'); }
    const [argument] = node.arguments;
    return argument ? textOf(argument, new Map()) : placeholder('value');
  }
  if (ts.isPropertyAccessExpression(node)) {
    const of = node.expression;
    if (['path', 'node'].includes(node.name.text) && of.kind !== ts.SyntaxKind.ThisKeyword) { return unknown(of); }
    return placeholder(node.name.text);
  }
  return placeholder(ts.isIdentifier(node) ? node.text : 'value');
}

/** Both texts, where a message has the one or the other in it; in brackets where it may be left out. */
function chosen(texts: string[]): string {
  const some = texts.filter((text) => text.trim() !== '');
  return some.length === 1 ? `[${some[0]}]` : some.join(' or ');
}

/** `sourceAccount` → *source account*. */
const placeholder = (name: string): string => `*${name.replace(/^_+/, '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}*`;

export function unwrap(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) ? unwrap(node.expression) : node;
}
