/** The demo's company: Lumen & Loom, an invented shop for lamps and home textiles. */
export const demoWorkspaceId = "10a1b2c3-0000-4000-8000-000000000001";
export const demoWorkspaceName = "Lumen & Loom";

/** Written as the shop's team would: each hands a conversation over to a person. */
export const demoGuidance = [
  {
    name: "Product safety",
    text: "If the customer reports a safety issue with a product (a lamp that overheats, smells of burning, smokes, sparks or gives an electric shock), hand over to a person.",
  },
  {
    name: "Press",
    text: "If the customer is a journalist or asks for a comment for the press, hand over to a person.",
  },
];

/** Topics; the assistant says nothing about a blocked one. */
export const demoTags = [
  {
    name: "wholesale",
    description: "Wholesale, trade prices, orders in bulk for hotels, offices, restaurants or resale.",
    blocked: true,
  },
  { name: "delivery", description: "Where a parcel is, how long delivery takes and what it costs.", blocked: false },
  { name: "returns", description: "Sending something back, refunds, exchanges.", blocked: false },
];
