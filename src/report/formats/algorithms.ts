/** What an inventory says of an algorithm, in CycloneDX's words. */
export interface AlgorithmFacts {
  readonly primitive: string;
  readonly parameterSet?: string;
  readonly mode?: string;
  readonly functions: readonly string[];
  /** In bits, against computers of today. */
  readonly classical?: number;
  /** NIST's category against quantum computers, 1 to 5; 0 for what one breaks. */
  readonly quantum?: number;
  /** In bits. */
  readonly size?: number;
  readonly isSecret?: boolean;
  /** Whether the key is in an HSM of KMS. */
  readonly hardware?: boolean;
}

const SIGNS = ['keygen', 'sign', 'verify'];

const rsa = (size: number, classical: number): AlgorithmFacts => ({
  primitive: 'pke', parameterSet: String(size), functions: ['keygen', 'encrypt', 'decrypt', 'sign', 'verify'], classical, quantum: 0, size, hardware: true,
});
const curve = (size: number, parameterSet: string): AlgorithmFacts => ({ primitive: 'signature', parameterSet, functions: SIGNS, classical: size / 2, quantum: 0, size, hardware: true });
const mldsa = (parameterSet: string, quantum: number): AlgorithmFacts => ({ primitive: 'signature', parameterSet, functions: SIGNS, quantum, hardware: true });
const hmac = (size: number): AlgorithmFacts => ({ primitive: 'mac', parameterSet: String(size), functions: ['keygen', 'tag', 'verify'], classical: Math.min(size, 256), quantum: 1, size, isSecret: true, hardware: true });

/**
 * Algorithms by the key specs of KMS, and those of TLS. A quantum computer breaks RSA and elliptic curves (category 0); AES-256 is NIST's
 * category 5.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
 * @see https://csrc.nist.gov/projects/post-quantum-cryptography/post-quantum-cryptography-standardization/evaluation-criteria/security-(evaluation-criteria)
 */
export const ALGORITHMS: Readonly<Record<string, AlgorithmFacts>> = {
  'AES-256-GCM': {
    primitive: 'ae', parameterSet: '256', mode: 'gcm', functions: ['keygen', 'encrypt', 'decrypt'], classical: 256, quantum: 5, size: 256, isSecret: true, hardware: true,
  },
  'SM4': { primitive: 'block-cipher', parameterSet: '128', functions: ['keygen', 'encrypt', 'decrypt'], classical: 128, quantum: 1, size: 128, isSecret: true, hardware: true },
  'RSA-1024': { ...rsa(1024, 80), hardware: false },
  'RSA-2048': rsa(2048, 112),
  'RSA-3072': rsa(3072, 128),
  'RSA-4096': rsa(4096, 152),
  'ECC-P256': curve(256, 'P-256'),
  'ECC-P384': curve(384, 'P-384'),
  'ECC-P521': curve(521, 'P-521'),
  'ECC-secp256k1': curve(256, 'secp256k1'),
  'Ed25519': curve(256, 'Ed25519'),
  'SM2': curve(256, 'SM2'),
  'HMAC-224': hmac(224),
  'HMAC-256': hmac(256),
  'HMAC-384': hmac(384),
  'HMAC-512': hmac(512),
  'ML-DSA-44': mldsa('44', 2),
  'ML-DSA-65': mldsa('65', 3),
  'ML-DSA-87': mldsa('87', 5),
  'ECDHE': { primitive: 'key-agree', functions: ['keyderive'], quantum: 0 },
  'X25519MLKEM768': { primitive: 'combiner', parameterSet: 'X25519MLKEM768', functions: ['encapsulate', 'decapsulate', 'keyderive'], quantum: 3 },
  'unknown': { primitive: 'unknown', functions: ['unknown'] },
};

const BY_SPEC: ReadonlyArray<readonly [pattern: RegExp, name: (matched: RegExpExecArray) => string]> = [
  [/^(SYMMETRIC_DEFAULT|of its primary)$/, () => 'AES-256-GCM'],
  // ACM writes EC_prime256v1, KMS ECC_NIST_P256.
  [/^RSA_(\d+)$/, ([, size]) => `RSA-${size}`],
  [/^ECC_NIST_P(\d+)$/, ([, size]) => `ECC-P${size}`],
  [/^EC_prime256v1$/, () => 'ECC-P256'],
  [/^EC_secp(384|521)r1$/, ([, size]) => `ECC-P${size}`],
  [/^ECC_SECG_P256K1$/, () => 'ECC-secp256k1'],
  [/^ECC_NIST_EDWARDS25519$/, () => 'Ed25519'],
  [/^HMAC_(\d+)$/, ([, size]) => `HMAC-${size}`],
  [/^ML_DSA_(\d+)$/, ([, size]) => `ML-DSA-${size}`],
  [/^(SM2)$/, ([, name]) => name],
];

/** The algorithm of a key spec of KMS or a key algorithm of ACM. */
export function algorithmOfSpec(spec: string): string {
  for (const [pattern, name] of BY_SPEC) {
    const matched = pattern.exec(spec);
    if (matched && Object.hasOwn(ALGORITHMS, name(matched))) { return name(matched); }
  }
  return 'unknown';
}
