namespace Granary.Domain.Review;

/// <summary>Grade of a project (§6.4).</summary>
public enum ProjectGrade
{
    /// <summary>Sum 11 to 15.</summary>
    A = 1,

    /// <summary>Sum 6 to 10.</summary>
    B = 2,

    /// <summary>Sum below 6.</summary>
    C = 3,
}

/// <summary>Class of the customer (§6.4).</summary>
public enum CustomerClass
{
    /// <summary>Strategic customer 山头客户.</summary>
    Strategic = 1,

    /// <summary>In a strategic industry 山头行业.</summary>
    StrategicIndustry = 2,

    /// <summary>Any other.</summary>
    Other = 3,
}
