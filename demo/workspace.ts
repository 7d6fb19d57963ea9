/** The demo's company: Lumen & Loom, an invented shop for lamps and home textiles. */
export const demoWorkspaceId = "10a1b2c3-0000-4000-8000-000000000001";
export const demoWorkspaceName = "Lumen & Loom";

/** Guidance rules, written as the shop's team would. */
export const demoGuidance = [
  "If the customer reports a safety issue with a product (a lamp that overheats, smells of burning, smokes, sparks or gives an electric shock), hand over to a person.",
  "If a journalist asks for a comment or an interview, hand over to a person.",
];

/** Topics; the assistant says nothing about a blocked one. */
export const demoTags = [
  {
    name: "wholesale",
    description: "Wholesale and trade prices; orders in bulk for hotels, offices, restaurants or for resale.",
    blocked: true,
    examples: [
      "Do you offer trade prices for interior designers?",
      "We would like to buy 80 table lamps for our restaurant.",
      "I run a shop and want to resell your cushions. Who handles wholesale?",
    ],
  },
  {
    name: "delivery",
    description: "How long delivery takes, what it costs, and where a parcel is.",
    blocked: false,
    examples: ["Where is my parcel?", "How long does shipping to Ireland take?"],
  },
  {
    name: "prices",
    description: "What something costs, discounts, vouchers and whether a lower price elsewhere is matched.",
    blocked: false,
    examples: ["Do you have a student discount?", "I found it cheaper in another shop.", "Do you match prices?"],
  },
  {
    name: "returns",
    description: "Sending something back, exchanges and refunds.",
    blocked: false,
    examples: ["I want to send the curtains back.", "When do I get my money back?"],
  },
];
