using System.Buffers;
using System.Xml;

namespace Granary.Application.Capture.Import.Workbooks;

/// <summary>
/// Reads a part of a workbook forward, token by token. Depth, distinct names, length of a token and total size are
/// bounded; document types are refused. Elements are told by their local names, which both dialects of the format share.
/// </summary>
internal sealed class PartReader : IDisposable
{
    private const int Deepest = 64;

    private readonly UnpackedPart _part;
    private readonly XmlReader _xml;
    private readonly char[] _chunk = new char[1024];

    public PartReader(UnpackedPart part)
    {
        _part = part;
        _xml = XmlReader.Create(part, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CheckCharacters = false,
            CloseInput = true,
            NameTable = new BoundedNames(),
        });
    }

    /// <summary>Whether the element just read has no content.</summary>
    public bool IsEmpty => _xml.IsEmptyElement;

    /// <summary>Moves to the next token; false at the end of the part.</summary>
    public bool Read()
    {
        _part.NextToken();
        try
        {
            return _xml.Read() && (_xml.Depth <= Deepest ? true : throw new XmlException());
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw new UnusableFileException(FileCodes.WorkbookBroken);
        }
    }

    public bool Starts(string element) => _xml.NodeType == XmlNodeType.Element && _xml.LocalName == element;

    public bool Ends(string element) => _xml.NodeType == XmlNodeType.EndElement && _xml.LocalName == element;

    public string? Attribute(string name) => _xml.GetAttribute(name);

    /// <summary>An attribute that has a prefix, whichever the prefix.</summary>
    public string? QualifiedAttribute(string localName)
    {
        string? found = null;
        while (found is null && _xml.MoveToNextAttribute())
        {
            found = _xml.LocalName == localName && _xml.Prefix.Length > 0 ? _xml.Value : null;
        }

        _xml.MoveToElement();
        return found;
    }

    /// <summary>Appends the text of the element just started and moves to its end; characters above the bound are dropped.</summary>
    public void AppendText(string element, ArrayBufferWriter<char> into, int most)
    {
        if (IsEmpty)
        {
            return;
        }

        while (Read() && !Ends(element))
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                AppendNode(into, most);
            }
        }
    }

    public void Dispose() => _xml.Dispose();

    private void AppendNode(ArrayBufferWriter<char> into, int most)
    {
        try
        {
            int read;
            while ((read = _xml.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0)
            {
                _part.NextToken();
                into.Write(_chunk.AsSpan(0, Math.Min(read, Math.Max(0, most - into.WrittenCount))));
            }
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw new UnusableFileException(FileCodes.WorkbookBroken);
        }
    }

    /// <summary>The reader keeps every name it meets; a workbook has a few hundred.</summary>
    private sealed class BoundedNames : NameTable
    {
        private const int Most = 10_000;

        private int _count;

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

        public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

        private string Counted(string name) => ++_count <= Most ? name : throw new XmlException();
    }
}
