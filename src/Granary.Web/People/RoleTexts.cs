namespace Granary.Web.People;

/// <summary>Words of roles and permissions.</summary>
public sealed class RoleTexts;
