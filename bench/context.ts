import type { App, IPolicyValidationContext } from 'aws-cdk-lib';

/** What the CDK gives a plugin at synth. */
export function contextOf(app: App): IPolicyValidationContext {
  const stacks = app.synth().stacks.map(({ displayName, templateFullPath }) =>
    ({ stackConstructPath: displayName, templatePath: templateFullPath, accountId: undefined, region: undefined }));
  return { templatePaths: stacks.map(({ templatePath }) => templatePath), stackTemplates: stacks, appConstruct: app } as IPolicyValidationContext;
}
