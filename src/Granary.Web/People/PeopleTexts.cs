namespace Granary.Web.People;

/// <summary>Marker of the texts of people, sign-in and first run.</summary>
public sealed class PeopleTexts;
