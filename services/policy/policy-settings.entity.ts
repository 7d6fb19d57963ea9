import { Column, Entity, PrimaryColumn } from "typeorm";
import type { ChangedSettings } from "./settings";

/** What a workspace changed in its settings. */
@Entity("policy_settings")
export class StoredSettings {
  @PrimaryColumn({ type: "uuid", name: "workspace_id" })
  workspaceId!: string;

  @Column({ type: "jsonb" })
  changed!: ChangedSettings;

  @Column({ type: "integer" })
  version!: number;

  @Column({ type: "timestamptz", name: "updated_at" })
  updatedAt!: Date;

  @Column({ type: "text", name: "updated_by" })
  updatedBy!: string;
}
