namespace Granary.Application.Opportunities.Partners;

/// <summary>Kinds of events of partners and their registrations, as the log keeps them.</summary>
public static class PartnerEvent
{
    /// <summary>A partner was added.</summary>
    public const string Created = "partner.created";

    /// <summary>A partner was changed.</summary>
    public const string Edited = "partner.edited";

    /// <summary>A registration was asked for.</summary>
    public const string Asked = "partner.registration_asked";

    /// <summary>It was accepted.</summary>
    public const string Accepted = "partner.registration_accepted";

    /// <summary>It was refused.</summary>
    public const string Refused = "partner.registration_refused";

    /// <summary>It was taken back.</summary>
    public const string Withdrawn = "partner.registration_withdrawn";

    /// <summary>It expired.</summary>
    public const string Expired = "partner.registration_expired";

    /// <summary>An opportunity came of it.</summary>
    public const string Linked = "partner.opportunity_linked";
}

/// <summary>Why something about partners is refused.</summary>
public static class PartnerRefusal
{
    /// <summary>It was decided, taken back, or has expired.</summary>
    public const string NotAsked = "registration_decided";

    /// <summary>Nobody decides about what they asked for.</summary>
    public const string OwnRequest = "own_request";

    /// <summary>Another partner is protected at that company.</summary>
    public const string Protected = "company_protected";

    /// <summary>A reason must be given.</summary>
    public const string ReasonRequired = "reason_required";

    /// <summary>This partner has registered that company already.</summary>
    public const string AlreadyRegistered = "already_registered";

    /// <summary>We do not work with that partner any more.</summary>
    public const string Ended = "partner_ended";

    /// <summary>Only what was accepted leads to an opportunity.</summary>
    public const string NotAccepted = "registration_not_accepted";

    /// <summary>The opportunity is another company's.</summary>
    public const string OtherCompany = "other_company";
}
