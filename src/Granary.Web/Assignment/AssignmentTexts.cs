namespace Granary.Web.Assignment;

/// <summary>Texts of assignment: reasons, what makes somebody ineligible, names of methods, built-in rules and pools.</summary>
public sealed class AssignmentTexts;
