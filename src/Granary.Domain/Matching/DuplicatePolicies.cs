using Granary.Domain.Policies;

namespace Granary.Domain.Matching;

/// <summary>Which duplicate policy a channel has (§5.1): the first entry whose channel fits, else the default.</summary>
public sealed record DuplicatePolicies
{
    /// <summary>Most entries.</summary>
    public const int MostChannels = 200;

    /// <summary>Policies of single channels, in order.</summary>
    public IReadOnlyList<ChannelDuplicatePolicy> Channels { get; init; } = [];

    /// <summary>The policy of every other channel.</summary>
    public DuplicatePolicy Default { get; init; } = DuplicatePolicy.Business;

    /// <summary>The business policy for every channel.</summary>
    public static DuplicatePolicies BuiltIn { get; } = new();

    /// <summary>The policy of a channel.</summary>
    /// <param name="channelPath">Channel as <c>level 1/level 2</c>; null has the default.</param>
    public DuplicatePolicy For(string? channelPath)
    {
        if (channelPath is not null)
        {
            foreach (var entry in Channels)
            {
                if (entry.Covers(channelPath))
                {
                    return entry.Policy;
                }
            }
        }

        return Default;
    }

    /// <summary>What keeps these policies from being published; codes as in <see cref="DuplicatePolicy.Validate"/>.</summary>
    public IReadOnlyList<FieldError> Validate()
    {
        var errors = new List<FieldError>();
        AddPolicy(errors, "default", Default);
        if (Channels is null)
        {
            errors.Add(new FieldError("channels", "required"));
            return errors;
        }

        if (Channels.Count > MostChannels)
        {
            errors.Add(new FieldError("channels", "too_many", "200"));
        }

        for (var i = 0; i < Channels.Count; i++)
        {
            DuplicateRule.CheckName(errors, $"channels[{i}].channel", Channels[i]?.Channel);
            AddPolicy(errors, $"channels[{i}].policy", Channels[i]?.Policy);
        }

        return errors;
    }

    private static void AddPolicy(List<FieldError> errors, string path, DuplicatePolicy? policy)
    {
        if (policy is null)
        {
            errors.Add(new FieldError(path, "required"));
            return;
        }

        foreach (var error in policy.Validate())
        {
            errors.Add(error with { Field = $"{path}.{error.Field}" });
        }
    }
}

/// <summary>The duplicate policy of a channel.</summary>
/// <param name="Channel">A first level such as <c>官网</c>, which covers its second levels, or a whole path such as <c>官网/百度搜索</c>.</param>
/// <param name="Policy">Its policy.</param>
public sealed record ChannelDuplicatePolicy(string Channel, DuplicatePolicy Policy)
{
    internal bool Covers(string path) =>
        path.StartsWith(Channel, StringComparison.OrdinalIgnoreCase)
        && (path.Length == Channel.Length || path[Channel.Length] == '/');
}
