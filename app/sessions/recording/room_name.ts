/** LiveKit's name of a review's room. */
export const mediaRoom = (reviewId: string) => `review-${reviewId}`
