import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import "../../schema/words.graph";
import { Channel, Reason } from "../../schema/words";
import { type OfficeHours, type OpeningTime, Weekday } from "./office-hours";
import type { Takes } from "./takes";

registerEnumType(Weekday, { name: "Weekday", description: "A day of the week." });

@ObjectType("OpeningTime", { simpleResolvers: true, description: "Once a week, in the time of the office's zone." })
@InputType("OpeningTimeInput", { description: "Once a week, in the time of the office's zone." })
export class DeskOpeningTime implements OpeningTime {
  @Field(() => Weekday, { description: "The day on which it opens." })
  day!: Weekday;

  @Field(() => String, { description: "Hours and minutes: 09:00." })
  from!: string;

  @Field(() => String, {
    description: "The first minute that is closed again: 17:30, or 24:00. What is not after `from` is on the next day.",
  })
  to!: string;
}

@ObjectType("OfficeHours", { simpleResolvers: true, description: "When somebody is there." })
@InputType("OfficeHoursInput", { description: "When somebody is there. BAD_INPUT names what cannot be." })
export class DeskHours implements OfficeHours {
  @Field(() => String, { description: "A name of the IANA list: Europe/Berlin. Summer time is minded." })
  timeZone!: string;

  @Field(() => [DeskOpeningTime], { description: "1 to 50; they may overlap." })
  opening!: DeskOpeningTime[];

  @Field(() => [String], {
    nullable: true,
    description:
      "Dates in that zone on which it does not open, at most 400: 2026-12-25. A night that began the day before goes on.",
  })
  holidays?: string[] | null;
}

@ObjectType({ simpleResolvers: true, description: "Everything that is there must hold." })
@InputType("ConnectionTakesInput", { description: "Everything that is given must hold." })
export class ConnectionTakes implements Takes {
  @Field(() => [Channel], { nullable: true })
  channels?: Channel[] | null;

  @Field(() => [String], { nullable: true, description: "BCP 47; en takes en-gb too." })
  languages?: string[] | null;

  @Field(() => [Reason], { nullable: true })
  reasons?: Reason[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Names of topics; the conversation has at least one of them. Capitals do not matter.",
  })
  tags?: string[] | null;

  @Field(() => DeskHours, {
    nullable: true,
    description: "It takes handovers while it is open only, at the moment when its turn comes.",
  })
  hours?: DeskHours | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Handovers that it has at once, 1 to 100,000: those that are on their way, wait there or are with an agent.",
  })
  mostRunning?: number | null;
}
