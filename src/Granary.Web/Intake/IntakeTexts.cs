namespace Granary.Web.Intake;

/// <summary>Words of the public doors.</summary>
public sealed class IntakeTexts;
