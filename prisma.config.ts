import { defineConfig } from 'prisma/config';

// `generate` never uses the schema engine, yet stops when it cannot download it; any executable satisfies the check.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
