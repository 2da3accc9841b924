namespace Granary.Web.People;

/// <summary>Marker of the texts of notices: what they tell, and by what they are told.</summary>
public sealed class NoticeTexts;
