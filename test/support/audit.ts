import { auditLake, type AuditReport } from '../../query/audit/audit.js';

/**
 * Audits a lake that a pipeline in this process has written. The process is Jest's: its greatest memory is that of every suite that it
 * has run, which says nothing about the pipeline, so I8 has no cap. Runs in processes of their own are audited with it.
 */
export function auditInProcess(lake: string): Promise<AuditReport> {
  return auditLake(lake, { memoryCap: Infinity });
}
