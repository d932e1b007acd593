export async function serve(_options: { configFile: string | null; listen: string | null; env: Readonly<Record<string, string | undefined>> }): Promise<number> {
  return 1;
}
