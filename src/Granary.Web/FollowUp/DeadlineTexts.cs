namespace Granary.Web.FollowUp;

/// <summary>Texts of deadlines.</summary>
public sealed class DeadlineTexts;
