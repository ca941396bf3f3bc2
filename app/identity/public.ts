export { createUser, type NewUser } from '#identity/actions/create_user'
export { createOrganisation, type OrganisationKind } from '#identity/actions/create_organisation'
export { grantCapacity } from '#identity/actions/grant_capacity'
export {
  CONTACT_PURPOSES,
  revealMobile,
  type Revealed,
  type RevealPurpose,
} from '#identity/actions/reveal_mobile'
export { actorFor, capacitiesOf, peopleOf, staffOf, type Capacity } from '#identity/queries/capacities'
export { invitePerson } from '#identity/actions/invite_person'
export { passwordIsRight } from '#identity/actions/password_is_right'
export { createStaff } from '#identity/actions/create_staff'
