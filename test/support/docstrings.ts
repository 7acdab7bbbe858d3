import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';

/** A public docstring as it stands in the source. */
export interface Docstring {
  /** `EncryptedQueue.allowSendFrom`, or the name of the type alone. */
  readonly of: string;
  readonly type: string;
  readonly file: string;
  readonly text: string;
  /** What stands after `@default` and the like. */
  readonly tags: ReadonlyArray<readonly [name: string, text: string]>;
}

/** Every docstring that `src/index.ts` exports, from the syntax alone: no compiler has to run. */
export function exportedDocstrings(index: string): Docstring[] {
  return exportedFiles(index).flatMap(({ file, names }) => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    return source.statements.filter(isExportedType).filter(({ name }) => !names || names.includes(name!.text))
      .flatMap((type) => docstringsOf(type, file));
  });
}

type Declared = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration;

function isExportedType(statement: ts.Statement): statement is Declared {
  return (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isEnumDeclaration(statement))
    && has(statement, ts.SyntaxKind.ExportKeyword) && !isInternal(statement);
}

/** The files that an index exports, with the names where it names them. */
function exportedFiles(index: string): Array<{ file: string; names?: string[] }> {
  const source = ts.createSourceFile(index, readFileSync(index, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isExportDeclaration).flatMap(({ moduleSpecifier, exportClause }) => {
    const path = join(dirname(index), (moduleSpecifier as ts.StringLiteral).text);
    if (!existsSync(`${path}.ts`)) { return exportedFiles(join(path, 'index.ts')); }
    const names = exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name.text) : undefined;
    return [{ file: `${path}.ts`, names }];
  });
}

function docstringsOf(type: Declared, file: string): Docstring[] {
  const name = type.name!.text;
  const all = type.members as ts.NodeArray<ts.ClassElement | ts.TypeElement | ts.EnumMember>;
  const members = all.filter((member) => member.name && isPublic(member));
  return [[name, type] as const, ...members.map((member) => [`${name}.${member.name!.getText()}`, member] as const)].flatMap(([of, node]) => {
    const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
    return comment === undefined ? [] : [{
      of,
      type: name,
      file,
      text: ts.getTextOfJSDocComment(comment.comment) ?? '',
      tags: (comment.tags ?? []).map((tag) => [tag.tagName.text, afterName(tag)] as const),
    }];
  });
}

/** As it stands in the comment: the compiler takes an address apart. */
const afterName = ({ tagName, end }: ts.JSDocTag) => tagName.getSourceFile().text.slice(tagName.end, end).replace(/\n\s*\*?\s*/g, '\n').trim();

function isPublic(member: ts.ClassElement | ts.TypeElement | ts.EnumMember): boolean {
  return !has(member, ts.SyntaxKind.PrivateKeyword) && !ts.isPrivateIdentifier(member.name!) && !isInternal(member);
}

function has(node: ts.Node, modifier: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === modifier);
}

const isInternal = (node: ts.Node): boolean => ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
