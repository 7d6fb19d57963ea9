import type { ResolveReference } from "../../kit/subgraph";
import { maySee, type Viewer } from "../../kit/viewer";
import type { Loaders } from "./loaders";
import type { Workspace } from "./workspace.entity";

/** May this viewer see the workspace itself: its name and settings? Operators may; everybody else their own. */
export function maySeeWorkspace(viewer: Viewer, workspace: Workspace): boolean {
  return viewer.role === "OPERATOR" || ("workspaceId" in viewer && viewer.workspaceId === workspace.id);
}

/** How references from other subgraphs to what this service owns are answered; null for what is out of reach. */
export function createReferences(loaders: Loaders): Record<string, ResolveReference> {
  return {
    async Workspace({ id }, { viewer }) {
      const workspace = await loaders.workspace.load(String(id));
      return workspace && maySeeWorkspace(viewer, workspace) ? workspace : null;
    },
    async Conversation({ id }, { viewer }) {
      const row = await loaders.conversation.load(String(id));
      return row && maySee(viewer, { workspaceId: row.workspaceId, conversationId: row.id }) ? row : null;
    },
    async Message({ id }, { viewer }) {
      const row = await loaders.message.load(String(id));
      return row && maySee(viewer, row) ? row : null;
    },
    async Handover({ id }, { viewer }) {
      const row = await loaders.handover.load(String(id));
      return row && maySee(viewer, row) ? row : null;
    },
  };
}
