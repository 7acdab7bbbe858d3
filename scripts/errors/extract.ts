import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { Constants, messagesOf, textOf, unwrap } from './message';

/** One place in the sources that throws an error or adds a warning with a code. */
export interface Coded {
  readonly kind: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  /** Below src. */
  readonly file: string;
}

/** Hand on what somebody else has coded. */
const HAND_ON = ['private/errors.ts', 'private/injector.ts', 'private/warn.ts'];
const CODE_AT_END = / \[([A-Z][A-Za-z]+)\]$/;

/** All codes of the sources, from the syntax; throws for a code that is not written as text where it is used. */
export function codedIn(src: string): Coded[] {
  const files = (readdirSync(src, { recursive: true }) as string[]).map((file) => file.replace(/\\/g, '/')).filter((file) => file.endsWith('.ts')).sort();
  const sources = files.map((file) => ts.createSourceFile(file, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.Latest, true));
  const constants = new Map(sources.flatMap(constantsOf));
  return sources.filter(({ fileName }) => !HAND_ON.includes(fileName)).flatMap((source) => new Extraction(source, constants).coded());
}

function constantsOf(source: ts.SourceFile): Array<[string, ts.Expression]> {
  return source.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ name, initializer }): Array<[string, ts.Expression]> => (ts.isIdentifier(name) && initializer ? [[name.text, initializer]] : []));
}

class Extraction {
  private readonly found: Coded[] = [];

  constructor(private readonly source: ts.SourceFile, private readonly constants: Constants) {}

  public coded(): Coded[] {
    ts.forEachChild(this.source, (child) => this.visit(child));
    return this.found;
  }

  private visit(node: ts.Node): void {
    if (ts.isNewExpression(node) && node.expression.getText() === 'EncryptionError') {
      this.add('error', node.arguments![1], messagesOf(node.arguments![2], this.constants));
    } else if (ts.isCallExpression(node) && node.expression.getText() === 'warn') {
      this.add('warning', node.arguments[1], messagesOf(node.arguments[2], this.constants));
    } else if (ts.isObjectLiteralExpression(node)) {
      this.refusal(node);
    } else if (isWholeText(node)) {
      const code = CODE_AT_END.exec(textOf(node, this.constants));
      if (code) { this.found.push({ kind: 'error', code: code[1], message: textOf(node, this.constants).replace(CODE_AT_END, ''), file: this.source.fileName }); }
    }
    ts.forEachChild(node, (child) => this.visit(child));
  }

  private add(kind: Coded['kind'], code: ts.Expression, messages: string[]): void {
    if (!ts.isStringLiteral(code)) { throw new Error(`src/${this.source.fileName}: the code of an ${kind} must be written as text, got ${code.getText()}`); }
    messages.forEach((message) => this.found.push({ kind, code: code.text, message, file: this.source.fileName }));
  }

  /** `{ prop, code, because, remedy }`, which `refuse` makes a sentence of. */
  private refusal(node: ts.ObjectLiteralExpression): void {
    const fields = this.fieldsOf(node);
    const [prop, code, because, remedy] = ['prop', 'code', 'because', 'remedy'].map((name) => fields.get(name));
    if (!prop || !code || !because || !remedy) { return; }
    const text = (value: ts.Expression) => textOf(value, this.constants);
    this.add('error', code, [`'${text(prop)}' cannot be ${refusedValue(fields.get('refuses'))}: ${text(because)}. ${text(remedy)}.`]);
  }

  private fieldsOf(node: ts.ObjectLiteralExpression): Map<string, ts.Expression> {
    return new Map(node.properties.flatMap((property): Array<[string, ts.Expression]> => {
      if (ts.isPropertyAssignment(property)) { return [[property.name.getText(), property.initializer]]; }
      if (ts.isShorthandPropertyAssignment(property)) { return [[property.name.text, property.name]]; }
      if (ts.isSpreadAssignment(property)) { return [...this.spread(property)]; }
      return [];
    }));
  }

  /** What stands in `const noRotation = { … }` of the same function, for `...noRotation`. */
  private spread({ expression }: ts.SpreadAssignment): Map<string, ts.Expression> {
    let declared: ts.Expression | undefined;
    const find = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node) && node.name.getText() === expression.getText()) { declared = node.initializer && unwrap(node.initializer); }
      ts.forEachChild(node, find);
    };
    find(this.source);
    return declared && ts.isObjectLiteralExpression(declared) ? this.fieldsOf(declared) : new Map();
  }
}

/** `(value) => value === false` refuses false alone. */
const refusedValue = (refuses?: ts.Expression): string => /^\(?value[^=]*=> value === (true|false)$/.exec(refuses?.getText() ?? '')?.[1] ?? '*value*';

/** A text that is not a part of a longer one. */
function isWholeText(node: ts.Node): node is ts.Expression {
  const isPart = ts.isBinaryExpression(node.parent) || ts.isTemplateSpan(node.parent);
  const isSum = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return !isPart && (isSum || ts.isStringLiteralLike(node) || ts.isTemplateExpression(node));
}
