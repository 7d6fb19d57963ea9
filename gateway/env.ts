/** @apollo/gateway reports to Apollo's servers unless this is set; nothing of Baton calls home. */
export function withoutTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = "true";
}
