import { javascript } from 'projen';

export interface Page {
  readonly description: string;
  readonly exec: string;
  /** Files, as patterns of .gitattributes. */
  readonly writes: string[];
}

/** A task for each, and `pages` for all, which runs after every compilation and in `.ci/run`. */
export function addPages(project: javascript.NodeProject, pages: Record<string, Page>): void {
  const all = project.addTask('pages', { description: 'Write every page that is generated from the sources' });
  for (const [name, { description, exec, writes }] of Object.entries(pages)) {
    all.spawn(project.addTask(name, { description, exec }));
    writes.forEach((file) => project.annotateGenerated(`/${file}`));
  }
  project.postCompileTask.spawn(all);
}
