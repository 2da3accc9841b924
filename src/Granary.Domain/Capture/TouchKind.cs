namespace Granary.Domain.Capture;

/// <summary>Kinds of touch 触点 (§6). Names are the API's in camelCase; numbers are stored and never reused.</summary>
public enum TouchKind
{
    /// <summary>A form was submitted.</summary>
    FormSubmitted = 1,

    /// <summary>Customer service was consulted on the web site.</summary>
    ServiceConsulted = 2,

    /// <summary>An offline event was attended.</summary>
    OfflineEventAttended = 3,

    /// <summary>A mail was replied to.</summary>
    MailReplied = 4,

    /// <summary>A mail was reported as spam.</summary>
    SpamComplaint = 5,

    /// <summary>The official account was followed.</summary>
    AccountFollowed = 6,

    /// <summary>The official account was unfollowed.</summary>
    AccountUnfollowed = 7,

    /// <summary>A live stream was watched.</summary>
    LiveWatched = 8,

    /// <summary>A replay was watched.</summary>
    ReplayWatched = 9,

    /// <summary>A mail was opened.</summary>
    MailOpened = 10,

    /// <summary>A form was visited.</summary>
    FormVisited = 11,

    /// <summary>A page was visited.</summary>
    PageVisited = 12,

    /// <summary>A core page was viewed.</summary>
    CorePageViewed = 13,

    /// <summary>A module was clicked.</summary>
    ModuleClicked = 14,

    /// <summary>An article was clicked.</summary>
    ArticleClicked = 15,

    /// <summary>Mail was unsubscribed.</summary>
    Unsubscribed = 16,

    /// <summary>A white paper or case was downloaded.</summary>
    Downloaded = 17,

    /// <summary>A webinar was attended.</summary>
    WebinarAttended = 18,

    /// <summary>A call was answered.</summary>
    CallAnswered = 19,
}
