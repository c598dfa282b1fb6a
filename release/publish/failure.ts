/** Something that a person must do before the chart can be published. */
export class PublishFailure extends Error {}
