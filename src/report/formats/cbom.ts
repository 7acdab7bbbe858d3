import { createHash } from 'node:crypto';
import { ALGORITHMS, AlgorithmFacts, algorithmOfSpec } from './algorithms';
import type { ReportDocument, ReportedCertificate, ReportedResource } from '../document';

/** Which version of CycloneDX a bill of materials is written in. */
export type CycloneDxVersion = '1.6' | '1.7';
export const CYCLONEDX_VERSIONS: readonly CycloneDxVersion[] = ['1.6', '1.7'];

type Json = Record<string, unknown>;

/**
 * The cryptographic bill of materials: keys, algorithms, TLS protocols, certificates, and what depends on them.
 *
 * @see https://cyclonedx.org/capabilities/cbom/
 */
export function cbomReport(report: ReportDocument, specVersion: CycloneDxVersion = '1.6'): string {
  const builder = new Bom(specVersion);
  report.resources.forEach((resource) => builder.addResource(resource));
  report.certificates.forEach((certificate) => builder.addCertificate(certificate));
  const { components, dependencies } = builder;
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion,
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([components, dependencies]))}`,
    version: 1,
    metadata: {
      timestamp: report.time,
      tools: { components: [{ type: 'application', name: 'cdk-encryption-constructs', version: report.version }] },
      properties: [
        { name: 'cdk-encryption:rulesVersion', value: report.rulesVersion },
        ...(report.commit === undefined ? [] : [{ name: 'cdk-encryption:commit', value: report.commit }]),
        ...report.notRead.map(({ where, reason }) => ({ name: 'cdk-encryption:notRead', value: `${where}: ${reason}` })),
      ],
    },
    components,
    dependencies,
  }, undefined, 2);
}

class Bom {
  private readonly entries = new Map<string, { readonly component: Json; readonly dependsOn: readonly string[] }>();

  constructor(private readonly version: CycloneDxVersion) {}

  public get components(): Json[] {
    return [...this.entries.values()].map(({ component }) => component);
  }

  public get dependencies(): Json[] {
    return [...this.entries].map(([ref, { dependsOn }]) => ({ ref, dependsOn }));
  }

  public addResource(resource: ReportedResource): void {
    if (resource.keyDetails) { this.addKey(resource, resource.keyDetails.spec); return; }
    const name = refOf('resource', resource.file, resource.resource);
    this.add({
      'type': 'data',
      'bom-ref': name,
      'name': resource.resource,
      'description': resource.type,
      'properties': propertiesOf({
        ...{ type: resource.type, account: resource.account, region: resource.region, stack: resource.stack },
        ...{ key: resource.key, atRest: resource.atRest, inTransit: resource.inTransit },
      }),
    }, [...resource.keys.map((key) => this.keyRef(key)), ...(resource.tls ? [this.protocol(resource.tls)] : [])]);
  }

  private addKey(key: ReportedResource, spec: string): void {
    const algorithm = this.algorithm(algorithmOfSpec(spec));
    const { size, isSecret } = ALGORITHMS[algorithmOfSpec(spec)];
    this.add({
      'type': 'cryptographic-asset',
      'bom-ref': refOf('key', key.resource),
      'name': key.resource,
      'cryptoProperties': {
        assetType: 'related-crypto-material',
        relatedCryptoMaterialProperties: {
          type: isSecret ? 'secret-key' : 'private-key',
          id: key.logicalId,
          ...(size === undefined ? {} : { size }),
          ...this.ref('algorithmRef', algorithm, 'algorithm'),
          // KMS: key material never leaves its HSMs unencrypted.
          securedBy: { mechanism: 'HSM' },
        },
      },
      'properties': propertiesOf({
        type: key.type,
        account: key.account,
        region: key.region,
        stack: key.stack,
        spec: key.keyDetails?.spec,
        usage: key.keyDetails?.usage,
        rotation: key.keyDetails?.rotation,
        rotationPeriodInDays: key.keyDetails?.rotationPeriodInDays,
        multiRegion: key.keyDetails?.multiRegion,
      }),
    }, [algorithm]);
  }

  public addCertificate({ resource, domain, keyAlgorithm }: ReportedCertificate): void {
    const algorithm = this.algorithm(algorithmOfSpec(keyAlgorithm));
    this.add({
      'type': 'cryptographic-asset',
      'bom-ref': refOf('certificate', resource),
      'name': resource,
      'cryptoProperties': {
        assetType: 'certificate',
        certificateProperties: { subjectName: `CN=${domain}`, certificateFormat: 'X.509', ...this.ref('subjectPublicKeyRef', algorithm, 'publicKey') },
      },
    }, [algorithm]);
  }

  /** A reference to an algorithm: 1.7 has one list for all of them. */
  private ref(name: string, algorithm: string, type: string): Json {
    return this.version === '1.6' ? { [name]: algorithm } : { relatedCryptographicAssets: [{ type, ref: algorithm }] };
  }

  /** The key of a resource, which may be one that is in no template. */
  private keyRef(key: string): string {
    const ref = refOf('key', key);
    this.addOnce(ref, () => ({
      'type': 'cryptographic-asset',
      'bom-ref': ref,
      'name': key,
      'cryptoProperties': { assetType: 'related-crypto-material', relatedCryptoMaterialProperties: { type: 'secret-key', id: key, securedBy: { mechanism: 'HSM' } } },
    }), []);
    return ref;
  }

  private protocol({ policy, minimumVersion, postQuantum }: NonNullable<ReportedResource['tls']>): string {
    const ref = refOf('tls', policy);
    const exchange = this.algorithm(postQuantum === 'yes' ? 'X25519MLKEM768' : 'ECDHE');
    this.addOnce(ref, () => ({
      'type': 'cryptographic-asset',
      'bom-ref': ref,
      'name': policy,
      'cryptoProperties': { assetType: 'protocol', protocolProperties: { type: 'tls', version: minimumVersion.replace('TLS ', '') } },
      'properties': propertiesOf({ minimumVersion, postQuantum }),
    }), [exchange]);
    return ref;
  }

  private algorithm(name: string): string {
    const ref = refOf('algorithm', name);
    this.addOnce(ref, () => ({
      'type': 'cryptographic-asset',
      'bom-ref': ref,
      name,
      'cryptoProperties': { assetType: 'algorithm', algorithmProperties: algorithmProperties(ALGORITHMS[name]) },
    }), []);
    return ref;
  }

  private addOnce(ref: string, component: () => Json, dependsOn: string[]): void {
    if (!this.entries.has(ref)) { this.add(component(), dependsOn); }
  }

  /** What was only named before is replaced by what is known of it. */
  private add(component: Json, dependsOn: string[]): void {
    this.entries.set(String(component['bom-ref']), { component, dependsOn: [...new Set(dependsOn)] });
  }
}

const refOf = (kind: string, ...names: string[]) => `${kind}:${names.join('#')}`;

function algorithmProperties({ primitive, parameterSet, mode, functions, classical, quantum, hardware }: AlgorithmFacts): Json {
  return {
    primitive,
    ...(parameterSet === undefined ? {} : { parameterSetIdentifier: parameterSet }),
    ...(mode === undefined ? {} : { mode }),
    // https://docs.aws.amazon.com/kms/latest/developerguide/data-protection.html: FIPS 140-3 Security Level 3.
    ...(hardware ? { executionEnvironment: 'hardware', certificationLevel: ['fips140-3-l3'] } : {}),
    cryptoFunctions: functions,
    ...(classical === undefined ? {} : { classicalSecurityLevel: classical }),
    ...(quantum === undefined ? {} : { nistQuantumSecurityLevel: quantum }),
  };
}

function propertiesOf(values: Readonly<Record<string, string | number | undefined>>): Json[] {
  return Object.entries(values).filter(([, value]) => value !== undefined).map(([name, value]) => ({ name: `cdk-encryption:${name}`, value: String(value) }));
}

/** The same for the same contents, in the form of a UUID of version 8. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
