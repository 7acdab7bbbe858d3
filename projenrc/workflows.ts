import { Component, javascript } from 'projen';
import { GitHub, GithubWorkflow, WorkflowSteps } from 'projen/lib/github';
import { JobPermission } from 'projen/lib/github/workflows-model';

/** The toolchains of the slow tests, as CONTRIBUTING.md names them. */
const TOOLS = { node: { version: '20.x' }, python: { version: '3.11' }, java: { version: '17' }, go: { version: '1.25' } };

/** Runs `.ci/run` for a pull request and for what was merged: the same command that a person runs. */
export function addCiWorkflow(project: javascript.NodeProject): void {
  const workflow = new GithubWorkflow(GitHub.of(project)!, 'ci');
  workflow.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
  workflow.addJob('ci', {
    name: 'lint, types, all tests, generated files',
    runsOn: ['ubuntu-latest'],
    permissions: { contents: JobPermission.READ },
    timeoutMinutes: 90,
    tools: TOOLS,
    env: { CI: 'true' },
    steps: [WorkflowSteps.checkout(), { name: 'Run what CI runs', run: 'bash .ci/run' }],
  });
}

/** Judges the title and the commits of a pull request by the script that judges them on a person's machine. */
export function addSubjectsWorkflow(project: javascript.NodeProject): void {
  const workflow = new GithubWorkflow(GitHub.of(project)!, 'commit-subjects');
  workflow.on({ pullRequest: { types: ['opened', 'synchronize', 'reopened', 'edited'] } });
  workflow.addJob('commit-subjects', {
    name: 'Title and commits are plain sentences',
    runsOn: ['ubuntu-latest'],
    permissions: { contents: JobPermission.READ },
    steps: [
      WorkflowSteps.checkout({ with: { fetchDepth: 0 } }),
      {
        name: 'Judge the subjects',
        // By variables: a title is a stranger's text, and no part of a script.
        env: { TITLE: '${{ github.event.pull_request.title }}', BASE: '${{ github.event.pull_request.base.sha }}', HEAD: '${{ github.event.pull_request.head.sha }}' },
        run: '{ printf "%s\\n" "$TITLE"; git log --no-merges --format=%s "$BASE..$HEAD"; } | node scripts/commit-subjects.js',
      },
    ],
  });
}

/** Changes steps of the workflows that projen writes; a step is found by its id, and a missing one is an error. */
export class WorkflowChanges extends Component {
  constructor(private readonly nodeProject: javascript.NodeProject) {
    super(nodeProject);
  }

  /** After projen's own components, which add their jobs at this time. */
  public preSynthesize(): void {
    // A registry's host has no place in this repository, and publib's default is the same.
    const release = this.workflow('release');
    const { NPM_REGISTRY: _, ...env } = release.getStep('release_npm', 'release').env!;
    release.patchStep('release_npm', 'release', { env });

    // A plain sentence, as every commit.
    const upgrade = this.workflow('upgrade-main');
    const step = upgrade.getStep('pr', 'create-pr');
    upgrade.patchStep('pr', 'create-pr', { with: { ...step.with, 'title': UPGRADE, 'commit-message': UPGRADE } });
  }

  private workflow(name: string): GithubWorkflow {
    return GitHub.of(this.nodeProject)!.tryFindWorkflow(name)!;
  }
}

const UPGRADE = 'Take the newest dependencies that the version ranges allow';
