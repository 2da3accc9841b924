namespace Granary.Web.People;

/// <summary>Words of duty and leave.</summary>
public sealed class DutyTexts;
