namespace Granary.Web.People;

/// <summary>Marker of the texts of one's account: password, sessions, second step, passkeys, keys, invitations.</summary>
public sealed class AccountTexts;
