/** Variables in which each cloud's SDK looks for credentials; the first two are needed. */
const variables = {
  tencent: ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY', 'TENCENTCLOUD_SESSION_TOKEN'],
  alibaba: ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN'],
  huawei: ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SECURITY_TOKEN'],
  volcengine: ['VOLC_ACCESSKEY', 'VOLC_SECRETKEY', 'VOLC_SESSION_TOKEN'],
} as const;

/**
 * Puts the variables with a prefix in the place of those without, so that several accounts of one cloud are read each with its own
 * credentials, and never one with another's.
 * @param prefix null: the variables without one, or whatever else the SDK finds by itself
 * @returns the variables that are needed and missing
 */
export function useCredentials(
  environment: NodeJS.ProcessEnv,
  cloud: keyof typeof variables,
  prefix: string | null,
): readonly string[] {
  if (prefix === null) return [];
  const names = variables[cloud];
  const missing = names.slice(0, 2).flatMap((name) => (environment[prefix + name] ? [] : [prefix + name]));
  if (missing.length > 0) return missing;
  for (const name of names) {
    const value = environment[prefix + name];
    if (value === undefined) delete environment[name];
    else environment[name] = value;
  }
  return [];
}
